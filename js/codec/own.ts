/** `own.call(object, key)`: whether an object has a property itself. */
export const { hasOwnProperty: own } = Object.prototype;
